/**
 * A script for a page that is measured, put in before its own: `window.firstPicture.start()` begins, and
 * `window.firstPicture.at` is then the milliseconds until a canvas of at least 200 x 200 on the page held a picture
 * (grey levels that differ by more than 12 in standard deviation over 24 x 24 squares), zero before.
 * The pixels are read back, since an event of the library comes before a software renderer has drawn. The same script
 * runs in both pages, at most every 16 ms, so its cost is the same.
 */
export const firstPictureScript = `(() => {
  const small = document.createElement('canvas');
  small.width = small.height = 24;
  const pen = small.getContext('2d', { willReadFrequently: true });
  const holdsPicture = (canvas) => {
    pen.globalCompositeOperation = 'copy';
    pen.drawImage(canvas, 0, 0, 24, 24);
    const { data } = pen.getImageData(0, 0, 24, 24);
    let sum = 0, squares = 0;
    for (let i = 0; i < data.length; i += 4) {
      const grey = ((data[i] + data[i + 1] + data[i + 2]) / 3) * (data[i + 3] / 255);
      sum += grey;
      squares += grey * grey;
    }
    const count = data.length / 4;
    return Math.sqrt(squares / count - (sum / count) ** 2) > 12;
  };
  const state = { at: 0, start() {
    state.at = 0;
    const begun = performance.now();
    const look = () => {
      const canvases = [...document.querySelectorAll('canvas')].filter((one) => one.width >= 200 && one.height >= 200);
      if (canvases.some(holdsPicture)) state.at = performance.now() - begun;
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  } };
  window.firstPicture = state;
})();`;

/** For a page before it loads: notes every WebGL context that it makes. */
export const noteContexts = `(() => {
  const contexts = (window.graphics = []);
  const before = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    const made = before.call(this, kind, ...rest);
    if (made !== null && String(kind).startsWith('webgl') && !contexts.includes(made)) contexts.push(made);
    return made;
  };
})()`;
/** As a driver that is reset. Returns how many were lost. */
export const loseAll = `(() => {
  const lost = window.graphics.filter((gl) => !gl.isContextLost());
  for (const gl of lost) gl.getExtension('WEBGL_lose_context')?.loseContext();
  return lost.length;
})()`;
/** The library draws once more before it is told that there is nothing to draw with. */
export const lostErrors = [/isUniformUsed/, /shader/i, /context lost/i, /link/i];

let pen: CanvasRenderingContext2D | null | undefined;

/** CSS px that a label takes as marks.css draws it, its dark outline included. */
export function widthOfText(text: string, bold: boolean): number {
  pen ??= document.createElement('canvas').getContext('2d');
  if (pen === null) return 8 * text.length;
  pen.font = `${bold ? 700 : 500} 13px system-ui, sans-serif`;
  return pen.measureText(text).width + 2;
}

/** Longest work without a pause, ms: a window that is being drawn 60 times a second must get its turn. */
const turnMs = 12;

/**
 * Reads newline-delimited JSON from a body, one document at a time, as it arrives.
 * A last line without a newline counts; empty lines do not.
 * @throws SyntaxError where a line is no JSON.
 */
export async function readLines(
  body: ReadableStream<Uint8Array>,
  onDocument: (document: unknown) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  let begun = performance.now();
  const take = async (text: string): Promise<void> => {
    rest += text;
    let end = rest.indexOf('\n');
    let from = 0;
    while (end >= 0) {
      const line = rest.slice(from, end).trim();
      if (line !== '') onDocument(JSON.parse(line));
      if (performance.now() - begun > turnMs) {
        await new Promise((resolve) => setTimeout(resolve));
        begun = performance.now();
      }
      from = end + 1;
      end = rest.indexOf('\n', from);
    }
    rest = rest.slice(from);
  };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      await take(decoder.decode(value, { stream: true }));
    }
    await take(`${decoder.decode()}\n`);
  } finally {
    // A listener that threw must not leave the host sending.
    await reader.cancel().catch(() => undefined);
  }
}

import type { Socket } from 'node:net';

/** Which connections each page has spoken on. `lost` hears of a page when the last of them is closed. */
export function createPageSockets(lost: (page: string) => void): (page: string, socket: Socket) => void {
  const open = new Map<string, Set<Socket>>();
  return (page, socket) => {
    const known = open.get(page) ?? new Set();
    if (known.has(socket) || socket.destroyed) return;
    known.add(socket);
    open.set(page, known);
    socket.once('close', () => {
      known.delete(socket);
      if (known.size > 0 || open.get(page) !== known) return;
      open.delete(page);
      lost(page);
    });
  };
}

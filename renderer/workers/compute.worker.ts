import type { ToCompute } from './computeMessages.ts';
import { serveCompute } from './computeServer.ts';

const hear = serveCompute((message) => self.postMessage(message));
self.addEventListener('message', ({ data }: MessageEvent<ToCompute>) => hear(data));

// The window as a whole: layout, welcome page, dialogs, and what is shown when it fails.
export { Broken, ErrorBoundary } from './Broken.tsx';
export { Window } from './Window.tsx';

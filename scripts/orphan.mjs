// Ends us when npm is gone. Told to end, npm ends its shell, and a shell that is told to end tells nobody:
// without this, `kill` of npm would leave the application running.

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Under npm, watches the process that started us and sends ourselves SIGTERM once it is gone. */
export function endWithParent() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    // Elsewhere an orphan gets another parent; on Windows it keeps the number of the one that is gone.
    if (process.ppid === parent && (process.platform !== 'win32' || isAlive(parent))) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 100);
  watch.unref();
}

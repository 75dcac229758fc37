/** Resolves once the page is shown; at once where it is. */
export function shown(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.hidden) return;
      document.removeEventListener('visibilitychange', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
    look();
  });
}

/** Of a page that is shown: aborted when it is hidden or left. */
export function hiding(): AbortSignal {
  const hidden = new AbortController();
  const look = () => {
    if (!document.hidden) return;
    document.removeEventListener('visibilitychange', look);
    hidden.abort();
  };
  document.addEventListener('visibilitychange', look);
  look();
  return hidden.signal;
}

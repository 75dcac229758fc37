/**
 * A browser may name a language that is no valid tag (a headless Chromium without a locale says `en-US@posix`). The charts
 * format by it as soon as they are loaded, and the whole page would stop there. Such a language counts as English.
 */
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en', configurable: true });
}

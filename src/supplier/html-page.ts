/** The head of a page is within this, UTF-16 units. */
const MOST_READ = 16_384;

/** `<!doctype html>` or `<html>`, after what may stand before it. */
const BEGINNING = /^\s*(<\?xml[^>]{0,200}>\s*)?(<!--[^>]{0,500}-->\s*)?<(!doctype\s+html|html|head|body)\b/i;

/** Whether a body is a web page. JSON that calls itself one is not: many frameworks label all they send so. */
export function isHtmlPage(contentType: unknown, body: string): boolean {
  const begin = body.trimStart().charAt(0);
  if (begin === '' || begin === '[' || begin === '{') return false;
  const html = typeof contentType === 'string' && /^\s*(text\/html|application\/xhtml)/i.test(contentType);
  return html || BEGINNING.test(body.slice(0, MOST_READ));
}

/** What a page calls itself, as it stands there; empty: nothing. */
export function pageTitle(body: string): string {
  const head = body.slice(0, MOST_READ);
  return contentOf(head, 'title') || contentOf(head, 'h1');
}

function contentOf(html: string, tag: string): string {
  const lower = html.toLowerCase();
  const opened = lower.indexOf(`<${tag}`);
  const start = opened < 0 ? -1 : lower.indexOf('>', opened);
  const end = start < 0 ? -1 : lower.indexOf(`</${tag}`, start);
  return end < 0 ? '' : html.slice(start + 1, end).trim();
}

/** The part of a page that contains its head, UTF-16 units. */
const MOST_READ = 16_384;

/** `<!doctype html>` or `<html>`, after an XML declaration and a comment. */
const BEGINNING = /^\s*(<\?xml[^>]{0,200}>\s*)?(<!--[^>]{0,500}-->\s*)?<(!doctype\s+html|html|head|body)\b/i;

/** Whether a body is a web page. JSON labelled as HTML is not, because many frameworks label everything so. */
export function isHtmlPage(contentType: unknown, body: string): boolean {
  const begin = body.trimStart().charAt(0);
  if (begin === '' || begin === '[' || begin === '{') return false;
  const html = typeof contentType === 'string' && /^\s*(text\/html|application\/xhtml)/i.test(contentType);
  return html || BEGINNING.test(body.slice(0, MOST_READ));
}

/** The title of a page as written; empty: none. */
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

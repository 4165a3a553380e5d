export const DOCS_CSP = '';
export function docsPage(): string { return ''; }

/** All resources come from this server. Redoc writes inline styles and searches in a worker that it creates from a blob. */
export const docsSecurityPolicy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; worker-src blob:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Guides load nothing and run no scripts. */
export const guidesSecurityPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const docsPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gatehouse</title>
<style>body { margin: 0 } nav { padding: .5rem 1rem; font: 14px system-ui, sans-serif; border-bottom: 1px solid #d1d9e0 }</style>
</head>
<body>
<nav><a href="/docs/guides">Guides</a> · <a href="/openapi.yaml">openapi.yaml</a> · <a href="/openapi.json">openapi.json</a></nav>
<redoc spec-url="/docs/openapi.json" hide-hostname="true" native-scrollbars="true"></redoc>
<script src="/docs/redoc.js"></script>
</body>
</html>
`;

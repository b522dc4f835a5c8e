import type { FieldError, PersonnelEvent } from '../../client/index.ts';

/** Inputs have the field names of the API, so each field error of a 400 finds its input. */
export const inputs = [
  { name: 'identity.firstName', label: 'First name', type: 'text' },
  { name: 'identity.lastName', label: 'Last name', type: 'text' },
  { name: 'identity.email', label: 'E-mail address', type: 'email' },
  { name: 'identity.department', label: 'Department', type: 'text' },
  { name: 'effectiveDate', label: 'First day', type: 'date' },
];

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] as string);

class Html extends String {}

/** Escapes every inserted value except HTML that this function returned. */
function html(parts: TemplateStringsArray, ...values: (string | number | Html | Html[])[]): Html {
  const escaped = values.map((value) => [value].flat().map((part) => (part instanceof Html ? part : escapeHtml(String(part)))));
  return new Html(String.raw({ raw: parts }, ...escaped.map((texts) => texts.join(''))));
}

export const page = (title: string, content: Html | Html[]) => html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${title}</title>
<style>body { font-family: sans-serif; margin: 2rem } label, output { display: block; margin-top: 1rem } .error { color: #b00020 }</style>
<h1>${title}</h1>
${content}
</html>
`;

const errorLine = (id: string, message: string) => html`<p class="error" id="${id}" role="alert">${message}</p>`;

/** `key` is the Idempotency-Key of this form: a form that is sent twice creates one event. */
export function formPage(key: string, values: URLSearchParams, errors: FieldError[] = [], message = '') {
  const rows = inputs.map(({ name, label, type }) => {
    const own = errors.filter(({ field }) => field === name).map((error) => errorLine(`${name}-error`, error.message));
    return html`<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" value="${values.get(name) ?? ''}" aria-describedby="${name}-error">${own}
`;
  });
  const others = errors
    .filter(({ field }) => !inputs.some(({ name }) => name === field))
    .map(({ field, message }) => `${field}: ${message}`);
  const lines = [message, ...others].filter(Boolean).map((text) => errorLine('form-error', text));
  return page('Onboard a person', [
    ...lines,
    html`<form method="post" action="/" novalidate>
<input type="hidden" name="key" value="${key}">
${rows}<p><button>Send</button></p>
</form>`,
  ]);
}

export const eventPage = ({ id, number, status, neededOn, stages }: PersonnelEvent) =>
  page(`Personnel event ${number}`, [
    html`<p>Status: ${status}. First day: ${neededOn.slice(0, 10)}.</p>
<ul>${stages.map((stage) => html`<li>${stage.name}: ${stage.status}</li>`)}</ul>
<p><a href="/events/${id}">Link to this event</a>, <a href="/">new form</a></p>`,
  ]);

export const problemPage = (title: string, message: string) => page(title, html`<p class="error" role="alert">${message}</p>`);

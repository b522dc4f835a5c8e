const boundary = 'conformance-boundary-7d1f';
export const multipartType = `multipart/form-data; boundary=${boundary}`;

export interface Part {
  name: string;
  fileName?: string;
  content: string;
}

export const multipart = (parts: Part[]): string =>
  [
    ...parts.map(({ name, fileName, content }) => {
      const file = fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: text/csv`;
      return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${content}\r\n`;
    }),
    `--${boundary}--\r\n`,
  ].join('');

const file = (name: string): Part => ({
  name,
  fileName: 'users.csv',
  content: 'Login,Full Name,E-Mail\nschen,Sarah Chen,schen@example.com\n',
});
const id = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
const group = 'c5d6e7f8-0000-4000-8000-000000000001';

export const goodUpload = multipart([{ name: 'applicationId', content: id }, file(group)]);

/** Invalid uploads: forms that the schema does not allow, and bodies that are not forms. */
export const badUploads: Record<string, string> = {
  'an empty form': multipart([]),
  'an empty body': '',
  'a form without its end': goodUpload.slice(0, -30),
  'text that is no form': 'applicationId=1',
  'an applicationId that is none': multipart([{ name: 'applicationId', content: 'not-one' }, file(group)]),
  'a file that is named by no id': multipart([{ name: 'applicationId', content: id }, file('users')]),
  'a file named after a prototype': multipart([{ name: 'applicationId', content: id }, file('__proto__')]),
};

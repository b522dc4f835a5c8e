const boundary = 'conformance-boundary-7d1f';
export const multipartType = `multipart/form-data; boundary=${boundary}`;

export interface FormPart {
  name: string;
  fileName?: string;
  content: string;
}

export const multipart = (parts: FormPart[]): string =>
  [
    ...parts.map(({ name, fileName, content }) => {
      const file = fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: text/csv`;
      return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${content}\r\n`;
    }),
    `--${boundary}--\r\n`,
  ].join('');

const usersFile = (name: string): FormPart => ({
  name,
  fileName: 'users.csv',
  content: 'Login,Full Name,E-Mail\nschen,Sarah Chen,schen@example.com\n',
});
const applicationId = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
const fileGroupId = 'c5d6e7f8-0000-4000-8000-000000000001';

export const validUpload = multipart([{ name: 'applicationId', content: applicationId }, usersFile(fileGroupId)]);

/** Invalid uploads: forms that the schema does not allow, and bodies that are not forms. */
export const invalidUploads: Record<string, string> = {
  'an empty form': multipart([]),
  'an empty body': '',
  'a form that breaks off': validUpload.slice(0, -30),
  'text instead of a form': 'applicationId=1',
  'an applicationId that is not a GUID': multipart([{ name: 'applicationId', content: 'not-one' }, usersFile(fileGroupId)]),
  'a file whose name is not a GUID': multipart([{ name: 'applicationId', content: applicationId }, usersFile('users')]),
  'a file named __proto__': multipart([{ name: 'applicationId', content: applicationId }, usersFile('__proto__')]),
};

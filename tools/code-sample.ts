export interface CodeSample {
  lang: 'Shell' | 'PowerShell' | 'Python' | 'TypeScript';
  label: string;
  source: string;
}

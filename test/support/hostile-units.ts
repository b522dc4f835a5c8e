/** Short texts that a rule of redaction begins with, ends with or looks for. Repeated, they make a rule search again and again. */
export const hostileUnits = [
  ...['a=', 'pin=', 'pass ', 'pass', 'password:', '"pin":', "'pin':'", '\\"pin\\":\\"', 'token id ', 'eyJ', 'eyJhbGciOi', 'eyJ.', 'a.'],
  ...['://', '://a@', '://a', '-----BEGIN PRIVATE KEY-----', 'bearer ', 'basic ', 'Basic YTpiCg ', '<pin>', '<pin a', '%41', '%25'],
  ...['\\u0041', 'pa_', '[', '{', '{"a":', '&;', ' = ', '\n', '"x" is not valid JSON', ' is not valid JSON', 'api key: ', 'session', '"'],
  ...['"...', '...', ',', ' ', '\\', 'A', 'Aa', '=>', 'ｐ', '\ufdfa', '\u0315\u0316', '%CC%95%CC%96'],
];

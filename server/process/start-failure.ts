/** Returns the text that a failed start prints: what is wrong, with the port, address or file, and what to do. */
export function startFailure(error: unknown): string {
  const {
    code = '',
    syscall,
    message,
    port,
    address,
    hostname,
  } = error as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
    hostname?: string;
  };
  if (code === 'EADDRINUSE')
    return `Port ${port} of ${address} is in use by another process; stop it, or choose another port with PORT or -- --port`;
  if (code === 'EACCES' && syscall === 'listen')
    return `This user may not listen on port ${port} of ${address}, because ports below 1024 need privileges; choose another port with PORT or -- --port`;
  if (code === 'EADDRNOTAVAIL')
    return `HOST ${address} is not an address of this machine, so port ${port} cannot be opened; set it to one, such as 127.0.0.1`;
  if (['ENOTFOUND', 'EAI_AGAIN', 'EAI_NONAME'].includes(code))
    return `HOST ${hostname} is not a known name; set it to an address of this machine, such as 127.0.0.1`;
  return `Gatehouse could not start: ${message || code}`;
}

@rem Scripts in package.json begin with exec, which replaces the shell, so that npm gets signals and exit statuses right. Windows has no exec and runs this file.
@%*

import { applicationIds, fileGroupIds } from './seed-applications.ts';
import { eventIds, identityIds } from './seed-people.ts';
import { accessKeyId, secrets } from './seed-tokens.ts';

/** The text that the sandbox prints at its start: its credentials, and commands to try. */
export const firstSteps = (url: string) => `
The Gatehouse sandbox is ready at ${url}. Its tokens:

  Administrator  ${secrets.administrator}
  Write          ${secrets.write}
  Read           ${secrets.read}
  expired        ${secrets.expired}

Its access key is ${accessKeyId}, with the secret ${secrets.accessKey}.

Try these commands in another terminal. Add " | jq" to a command to format its output, if you have jq.

Stage an import of a CSV file, read the finished import with its metrics and log, and list all imports:

  AUTH="Authorization: Bearer ${secrets.write}"
  ID=$(curl -s -X POST ${url}/api/application-imports/stage -H "$AUTH" -H "Content-Type: application/json" \\
    -d '{"applicationId": "${applicationIds.silverlake}"}' | cut -d '"' -f 4)
  sleep 1; curl -s ${url}/api/application-imports/$ID -H "$AUTH"
  curl -s ${url}/api/application-imports -H "$AUTH"

Upload two CSV files, for example these samples:

  curl -s ${url}/api/application-imports/upload -H "$AUTH" -F applicationId=${applicationIds.branch} \\
    -F ${fileGroupIds.branchEmployees}=@server/sandbox/files/branch/employees.csv \\
    -F ${fileGroupIds.branchPrivileges}=@server/sandbox/files/branch/privileges.csv

Find an identity, list its personnel events, approve its offboarding, and list the resulting access requests:

  curl -s "${url}/api/identities?search=chen" -H "$AUTH"
  curl -s "${url}/api/personnel-events?identityId=${identityIds.sarah}" -H "$AUTH"
  curl -s -X POST ${url}/api/personnel-events/${eventIds.offboard}/stages/Approval/complete -H "$AUTH"
  curl -s "${url}/api/access-requests?personnelEventId=${eventIds.offboard}" -H "$AUTH"

List users and tenants:

  curl -s ${url}/v2/facts/default/production/users -H "$AUTH"
  curl -s ${url}/v2/facts/default/production/tenants -H "$AUTH"

Get an access token for the access key. The secret is used locally and never sent:

  CONTENT="$(date +%s).$(openssl rand -hex 16)"
  HASH=$(printf %s "$CONTENT" | openssl dgst -sha256 -hmac ${secrets.accessKey} | sed 's/.* //')
  curl -s ${url}/api/v2/auth/client_token -H "Content-Type: application/json" -H "x-key: ${accessKeyId}" -H "x-hash: $HASH" \\
    -d "{\\"scope\\": \\"gatehouse_api\\", \\"content\\": \\"$CONTENT\\"}"

The contract is at ${url}/openapi.yaml, the reference at ${url}/docs, the guides at ${url}/docs/guides. Ctrl+C stops the sandbox.

`;

import { createAddressGuard, ForbiddenAddress } from '../../enforcement/address-guard.ts';
import { type Check, failed, messageOf, passed } from './check.ts';

/** Whether a webhook may go where it is configured to. Nothing is sent: that would be taken for real. */
export async function checkAddress(name: string, variable: string, url: string, allowed: string[]): Promise<Check> {
  const { hostname, protocol } = new URL(url);
  const guard = createAddressGuard(allowed);
  try {
    const addresses = await guard.resolve(hostname);
    if (protocol === 'http:' && !addresses.every(({ address }) => guard.isAllowedByName(address))) {
      const mend = `Set ${variable} to an https:// address, or name its network in RETORT_WEBHOOK_ALLOW if it is your own`;
      return failed(name, `${hostname} would be spoken to without encryption, so it is not. ${mend}.`);
    }
    return passed(name, `${hostname} may be spoken to`);
  } catch (fault) {
    if (fault instanceof ForbiddenAddress) {
      const mend = `If that is your own network, name it in RETORT_WEBHOOK_ALLOW; otherwise correct ${variable}`;
      return failed(name, `${fault.message}. ${mend}.`);
    }
    const mend = `Check ${variable}, and the name service of this machine`;
    return failed(name, `${hostname} is not found (${messageOf(fault)}). ${mend}.`);
  }
}

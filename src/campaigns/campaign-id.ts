/** The number behind `C-12`, in any case and with or without its hyphen; undefined for anything else. */
export function parseCampaignId(text: string): number | undefined {
  const digits = /^c?-?(\d{1,9})$/i.exec(text.trim())?.[1];
  return digits === undefined || Number(digits) === 0 ? undefined : Number(digits);
}

export function formatCampaignId(number: number): string {
  return `C-${number}`;
}

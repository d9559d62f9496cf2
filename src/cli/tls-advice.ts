const UNKNOWN_CA =
  'The certificate of the database was signed by nobody that is trusted here: name the file of its CA in DATABASE_URL, as ?sslmode=verify-full&sslrootcert=/path/ca.pem.';

/** What to do where the database's certificate was refused, by the code of the fault. */
export const TLS_ADVICE: Record<string, string> = {
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_CA,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_CA,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_CA,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_CA,
  ERR_TLS_CERT_ALTNAME_INVALID:
    'The certificate of the database is for another name than DATABASE_URL has: use the name that it was made for.',
  CERT_HAS_EXPIRED: 'The certificate of the database has expired: renew it there.',
};

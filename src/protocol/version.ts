/**
 * Version of the wire contract. It changes only when a message of an older peer could be misread; added methods,
 * event types, optional fields and job kinds leave it alone.
 */
export const PROTOCOL_VERSION = 1;

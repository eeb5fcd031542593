/** Largest request body in bytes. */
export const MAX_BODY = 100 * 1024 * 1024;

/** Version of the API that is spoken, as the studied server calls itself. */
export const COMFYUI_VERSION = '0.33.0';

/** Version of this engine; it changes when the same graph may give other pixels. */
export const ENGINE_VERSION = '1.0.0';

/** What `/features` and the negotiation answer. */
export const FEATURES = {
  supports_preview_metadata: true,
  supports_model_type_tags: true,
  max_upload_size: MAX_BODY,
  extension: { manager: { supports_v4: true } },
  node_replacements: true,
  assets: false,
} as const;

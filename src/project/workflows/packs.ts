/** Custom node packs by what their classes' names have in common; only packs whose naming is unmistakable. */
const PACKS: readonly (readonly [RegExp, string])[] = [
  [/\(rgthree\)$/, 'rgthree-comfy'],
  [/^easy /, 'ComfyUI-Easy-Use'],
  [/^CR /, 'ComfyUI_Comfyroll_CustomNodes'],
  [/^ETN_/, 'comfyui-tooling-nodes'],
  [/^ADE_/, 'ComfyUI-AnimateDiff-Evolved'],
  [/^VHS_/, 'ComfyUI-VideoHelperSuite'],
  [/^ACN_/, 'ComfyUI-Advanced-ControlNet'],
  [/^IPAdapter/, 'ComfyUI_IPAdapter_plus'],
  [/^UltimateSDUpscale/, 'ComfyUI_UltimateSDUpscale'],
  [/GGUF$/, 'ComfyUI-GGUF'],
  [
    /^(?:Efficient Loader|Eff\. Loader SDXL|KSampler \(Efficient\)|KSampler SDXL \(Eff\.\))$/,
    'efficiency-nodes-comfyui',
  ],
  [/^(?:FaceDetailer|DetailerForEach|UltralyticsDetectorProvider|Impact)/, 'ComfyUI-Impact-Pack'],
  [/Preprocessor$/, 'comfyui_controlnet_aux'],
  [/^(?:SeamlessTile|CircularVAEDecode|MakeCircularVAE|OffsetImage)$/, 'ComfyUI-seamless-tiling'],
  [/^PixelArt/, 'ComfyUI-PixelArt-Detector'],
  [/^(?:Image Rembg \(Remove Background\)|Text Multiline)$/, 'was-node-suite-comfyui'],
  [
    /^(?:SimpleMath\+|ImageResize\+|ImageCompositeFromMaskBatch\+|RemBGSession\+|ImageRemoveBackground\+)$/,
    'ComfyUI_essentials',
  ],
];

/** The custom node pack that a class comes from, as far as its name tells. */
export function packOf(className: string): string | null {
  return PACKS.find(([pattern]) => pattern.test(className))?.[1] ?? null;
}

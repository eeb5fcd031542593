import { halfBits } from '../../../scripts/tiny-models/half.ts';

/** Type and shape of a tensor, and the value that fills it (0 when absent). */
export type Spec = readonly [dtype: string, shape: readonly number[], value?: number];

const WIDTHS: Readonly<Record<string, number>> = { F32: 4, F16: 2, BF16: 2, F8_E4M3: 1, F64: 8 };

function dataOf([dtype, shape, value = 0]: Spec): Buffer {
  const count = shape.reduce((product, edge) => product * edge, 1);
  const data = Buffer.alloc(count * (WIDTHS[dtype] ?? 1));
  for (let i = 0; i < count; i++) {
    if (dtype === 'F32') data.writeFloatLE(value, i * 4);
    else if (dtype === 'F64') data.writeDoubleLE(value, i * 8);
    else if (dtype === 'F16') data.writeUInt16LE(halfBits(value), i * 2);
    else if (dtype === 'BF16') {
      const single = Buffer.alloc(4);
      single.writeFloatBE(value);
      data.writeUInt16LE(single.readUInt16BE(0), i * 2);
    } else data[i] = Number.isFinite(value) ? value : 0x7f;
  }
  return data;
}

/** Bytes of a safetensors file whose header is exactly what is given. */
export function rawFile(header: unknown, data: Uint8Array = new Uint8Array()): Buffer {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, data]);
}

/** Bytes of a small, valid safetensors file. */
export function modelFile(
  tensors: Readonly<Record<string, Spec>>,
  metadata: Readonly<Record<string, string>> = {},
): Buffer {
  const header: Record<string, unknown> = { __metadata__: metadata };
  const parts: Buffer[] = [];
  let offset = 0;
  for (const [name, spec] of Object.entries(tensors)) {
    const data = dataOf(spec);
    header[name] = {
      dtype: spec[0],
      shape: spec[1],
      data_offsets: [offset, offset + data.length],
    };
    offset += data.length;
    parts.push(data);
  }
  return rawFile(header, Buffer.concat(parts));
}

/** A LoRA of one cross-attention and one feed-forward module, as kohya's trainer names them. */
export function kohyaLora(context: number, block = 'down_blocks_1', value = 0.01): Buffer {
  const attention = `lora_unet_${block}_attentions_0_transformer_blocks_0_attn2_to_k`;
  return modelFile({
    [`${attention}.lora_down.weight`]: ['F16', [4, context], value],
    [`${attention}.lora_up.weight`]: ['F16', [320, 4], value],
    [`${attention}.alpha`]: ['F16', [], 4],
  });
}

/** The tensors of a U-Net checkpoint by which it is known. */
export function unetCheckpoint(context: number): Buffer {
  const model = 'model.diffusion_model.';
  return modelFile({
    [`${model}input_blocks.0.0.weight`]: ['F16', [320, 4, 3, 3]],
    [`${model}input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight`]: ['F16', [4, context]],
  });
}

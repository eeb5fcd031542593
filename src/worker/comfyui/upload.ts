import { FormData } from 'undici';
import { PixelsError } from '../../protocol/errors.ts';
import { ComfyStatusError, strangeAnswer } from './answers.ts';
import type { ComfyAnswer, ComfyHttp } from './http.ts';
import { parsePythonJson } from './json.ts';
import { OUR_FOLDER } from './outputs/names.ts';
import { strangeStatus } from './requests.ts';
import { tooLarge } from './too-large.ts';
import { record, text } from './values.ts';

/** What a form adds to the bytes of its file, generously. */
const FORM_BYTES = 4096;
/** An upload that is slower than this is given up. */
const SLOWEST_BYTES_PER_MS = 100;

function storedName(answer: ComfyAnswer): string {
  try {
    const stored = record(parsePythonJson(answer.bytes.toString('utf8')));
    const [name, subfolder] = [text(stored['name']), text(stored['subfolder'])];
    return name === '' || subfolder === '' ? name : `${subfolder}/${name}`;
  } catch {
    return '';
  }
}

/**
 * Uploads an image to a server's input folder.
 * @param limit bytes of a request that the server takes; null when it does not say
 * @returns the name under which a LoadImage node finds it, which may differ from the one that was asked for
 * @throws PixelsError `too-large`, before anything is sent where the limit is known; `engine-rejected` when it cannot be stored;
 *   `engine-unavailable`
 */
export async function uploadImage(
  http: ComfyHttp,
  file: { name: string; bytes: Uint8Array; mime: string },
  limit: number | null,
): Promise<string> {
  const size = file.bytes.byteLength;
  if (limit !== null && size + FORM_BYTES > limit) {
    throw tooLarge(http.base, 'picture', size, limit);
  }
  const form = new FormData();
  form.set('image', new Blob([new Uint8Array(file.bytes)], { type: file.mime }), file.name);
  form.set('subfolder', OUR_FOLDER);
  form.set('overwrite', 'true');
  const answer = await http.send('POST', '/upload/image', {
    body: form,
    timeoutMs: 60_000 + Math.ceil(size / SLOWEST_BYTES_PER_MS),
  });
  if (answer.status === 413) throw tooLarge(http.base, 'picture', size, limit);
  if (answer.status === 400 || answer.status === 500) {
    throw new PixelsError(
      'engine-rejected',
      `ComfyUI could not store the upload of ${file.name} (status ${answer.status}). Is the disk of its machine full, or its input folder read-only?`,
      { status: answer.status },
    );
  }
  if (answer.status >= 300) throw strangeStatus(http, answer, '/upload/image');
  const name = storedName(answer);
  if (name === '') {
    throw strangeAnswer(new ComfyStatusError(404, null, '/upload/image'), http.base);
  }
  return name;
}

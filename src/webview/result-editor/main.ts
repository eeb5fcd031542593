import { PictureView } from './picture-view.ts';
import { RecipePane } from './recipe-pane.ts';
import { ResultEditor } from './result-editor.ts';

customElements.define('dgx-picture', PictureView);
customElements.define('dgx-recipe', RecipePane);
customElements.define('dgx-result-editor', ResultEditor);

import { ResultsList } from './results-list.ts';

customElements.define('dgx-results', ResultsList);

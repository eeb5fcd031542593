import { CompareView } from './compare-view.ts';
import { FixControls } from './controls.ts';
import { FixPage } from './fix-page.ts';
import { FixReportPane } from './report-pane.ts';

customElements.define('dgx-compare', CompareView);
customElements.define('dgx-fix-report', FixReportPane);
customElements.define('dgx-fix-controls', FixControls);
customElements.define('dgx-fix', FixPage);

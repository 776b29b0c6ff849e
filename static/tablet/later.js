// What is not needed to see the day and to answer: fetched after the first screen, as a file of
// its own (core/bundles.py).
import { renew } from "./finishing.js";
import { finishPage } from "./views/finish.js";
import { dayEndPage, entryPage, outboxPage } from "./views/outbox.js";
import { preparePage } from "./views/prepare.js";
import { savePage, takePage } from "./views/rescue.js";
import { slipPage } from "./views/slip.js";
import { startPage } from "./views/start.js";

export { renew, finishPage, dayEndPage, entryPage, outboxPage, preparePage, savePage, takePage, slipPage, startPage };

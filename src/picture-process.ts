import { answerOnce } from './ask-process.ts';
import { graphPicture } from './evidence/picture/graph-picture.ts';
import { liveWithParent } from './live-with-parent.ts';

// One picture in a process of its own: started by fork-picture.ts, and over when it is drawn.

liveWithParent();
answerOnce(graphPicture);

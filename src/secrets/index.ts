export { secretMask, type Mask } from './secret-mask.js';
export { secretRemover } from './secret-remover.js';

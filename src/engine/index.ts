import './heap-growth.js';
import './pretenuring.js';
import './tick-shape.js';

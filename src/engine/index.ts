import './heap-growth.js';
import './tick-shape.js';

/** All of this folder in one run at full scale, whose counts end in `bench/results`. */
import './at-rest.test.js';
import './caches.test.js';
import './containers.test.js';
import './history.test.js';

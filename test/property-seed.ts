import { configureGlobal } from 'fast-check';

// The same examples in every run: whoever changes nothing sees nothing change.
configureGlobal({ seed: 20_261_125 });

const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

/** Tests run in the worker's own process, without a VM context. Jest's replacements (console, exit) land in `global` alone. */
class NativeEnvironment {
  global = Object.create(globalThis, { process: { value: undefined } });
  fakeTimers = null;
  moduleMocker = new ModuleMocker(globalThis);

  constructor({ projectConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  /** Jest has set 100, and every `expect` records a stack. */
  async setup() {
    Error.stackTraceLimit = 20;
  }

  /** The next file runs in the same process. */
  async teardown() {
    this.fakeTimersModern.dispose();
    this.moduleMocker.restoreAllMocks();
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return null;
  }
}

module.exports = NativeEnvironment;

/**
 * Stands in for the AsyncLocalStorage in which Jest keeps the test that runs. Before Node.js 24, one such storage slows down
 * every promise, and each file brought another that stayed. Tests run one after the other, so a variable is enough.
 */
class RunningTest {
  #store;

  async run(store, callback) {
    const outer = this.#store;
    this.#store = store;
    try {
      return await callback();
    } finally {
      this.#store = outer;
    }
  }

  getStore() {
    return this.#store;
  }
}

module.exports = RunningTest;

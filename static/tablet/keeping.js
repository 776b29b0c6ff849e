// Writes the open draft: one write at a time and always its newest state, so that ten quick
// touches are two or three writes. What could not be written stays in memory, is said, and
// goes with the next write.
export class Keeping {
  #write;
  #tell;
  #last = Promise.resolve();
  #waiting = null;
  #left = 0;

  // `write()` puts the draft; `tell(state, error)` hears "writing", "kept" or "failed".
  constructor(write, tell) {
    this.#write = write;
    this.#tell = tell;
    this.failed = false;
  }

  // Resolves with whether what the draft says now is on the disk.
  keep() {
    this.#waiting ??= this.#queue(() => {
      this.#waiting = null;
      return this.#write();
    });
    return this.#waiting;
  }

  // Another write that holds the draft too (a photo with it), in its turn.
  with(write) {
    return this.#queue(write);
  }

  settled() {
    return this.#last;
  }

  #queue(write) {
    this.#left += 1;
    this.#tell("writing");
    this.#last = this.#last.then(write).then(
      () => this.#done(null),
      (error) => this.#done(error),
    );
    return this.#last;
  }

  #done(error) {
    this.#left -= 1;
    this.failed = error !== null;
    if (error) this.#tell("failed", error);
    else if (this.#left === 0) this.#tell("kept");
    return error === null;
  }
}

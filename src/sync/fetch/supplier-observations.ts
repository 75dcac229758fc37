import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../../config/index.js';
import { ReadTally } from '../../experience/index.js';
import { PerSupplier, Suppliers } from '../../supplier/index.js';
import { Every } from '../../time/index.js';
import { AccuracyRecords } from '../accuracy/accuracy-records.js';
import { MeasuredAccuracy } from '../accuracy/measured-accuracy.js';
import { SupplierRates } from '../rates/supplier-rates.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { Observations } from './observations.js';

/** What is learned of each supplier. */
@Injectable()
export class SupplierObservations extends PerSupplier<Observations> {
  constructor(
    private readonly suppliers: Suppliers,
    private readonly tally: ReadTally,
    rates: SupplierRates,
    window: MirrorWindow,
    records: AccuracyRecords,
    settings: MirrorSettings,
  ) {
    super(suppliers, ({ name }) => {
      const learned = rates.of(name).rates;
      const accuracy = new MeasuredAccuracy(name, learned, window, records);
      return new Observations(learned, window, accuracy, settings, ({ experienceId, date }) =>
        tally.ofDate(name, experienceId, date),
      );
    });
  }

  /** Stores the observations since the last call, and reads those of the other replicas. */
  @Every({ periods: ['5s', 'end'], what: 'storing what was learned' })
  async flush(): Promise<void> {
    const reads = this.tally.take();
    const { names } = this.suppliers;
    // All are noted first: where they can't be stored now, they are with the next ones.
    for (const name of names) this.of(name).noteReads(reads.get(name));
    const failures: unknown[] = [];
    for (const name of names)
      await this.of(name)
        .flush()
        .catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }
}

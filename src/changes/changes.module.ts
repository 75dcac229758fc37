import { Module } from '@nestjs/common';
import { LoadShedder } from '../http/index.js';
import { InventoryModule } from '../inventory/index.js';
import { ChangeFeed } from './change-feed.js';
import { ChangeReader } from './change-reader.js';
import { ChangeRetention } from './change-retention.js';
import { ChangeStreams } from './change-streams.js';
import { ChangeTail } from './change-tail.js';
import { ChangesController } from './changes.controller.js';
import { FeedHistory } from './feed-history.js';
import { Followers } from './followers.js';

const READS_WAITING = 500;

@Module({
  imports: [InventoryModule],
  controllers: [ChangesController],
  providers: [
    FeedHistory,
    ChangeReader,
    ChangeTail,
    ChangeFeed,
    ChangeStreams,
    ChangeRetention,
    Followers,
    { provide: LoadShedder, useFactory: () => new LoadShedder(READS_WAITING) },
  ],
  exports: [FeedHistory, ChangeFeed, ChangeReader, ChangeTail, ChangeStreams],
})
export class ChangesModule {}

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const FOLDER = fileURLToPath(new URL('../../prisma/migrations/', import.meta.url));

/**
 * Databases that applied a migration refuse one of that name with other text, were it a comment. What is released is here with
 * its SHA-256, so a change shows before somebody's start fails; a new migration is added to the list.
 */
const RELEASED: Readonly<Record<string, string>> = {
  '20261124000000_init': 'fa924252a8f6fc0412bdbd1b4e8986c59404da780610000d1c90a7ec8d7cf03a',
  '20261124120000_value': '740486cc16bc67c4c4dba97cee089ccdf95833c85f322418ef1eeb35b0ea30b8',
  '20261124130000_limiter': 'd149bddca448662072195cded145118bb2c58effba6ed3ff13df9804e595df56',
  '20261124135000_calendar_entry': '75fc3b1964b7fd0eef4d416a924edb53a45bd19c2034817f7acc0251167e6edc',
  '20261124140000_steering': '2e382bf542d8c08e657618c61e21d8731ac012e2a1849e9d6531bbabdbae6163',
  '20261124150000_minutes': '480ce88e3c081e36cb59f1ec46445cd4e5c85592c3f6dff0bd90c190f7554c94',
  '20261128060000_supplier_troubles': '1cebf59f481bb18ca812cd97f7a619a60bd20df672e642fec900fbc768b3bbf6',
  '20261128120000_resting_products': '0261311bf340b0b0db34263b6cbdcc3f3a65e6f2944531ff4aa8665f14a82928',
  '20261128200000_schedule': '9e215138a235d8cd416fdaa508963d6db3fb54f1f1c3c9133fffa412c18b54e2',
  '20261128220000_suppliers': '964743c49414fa516325b9ad64783e7a6dadb7559246053e296e4b1fb7d55391',
  '20261129100000_supplier_subscription': 'a4b31eee8cee65f03950422ad3ead38c293e3d5ebcdd0103e634493c1704331b',
  '20261129110000_availability': '01df021f758fbbd35024195c1f7b5d3ed86ff49bb5cd4760eda4aaaf0189964d',
  '20261129120000_day_change': '9e1c6377afc001f5c3443f17fb69d7954aadb95f6fba7329362d12271a3a07d4',
  '20261129140000_webhooks': 'cf632ac1f2b48abce818535a91d5ff7737fe3b8941b3036dfad3ed4974e8054b',
  '20261130100000_day_reads': '10931591b43213c130c1886372f1af12da48811dd46bf1be106661acc339c00b',
  '20261130110000_accuracy': '7ae439accfd1367a4a20ba295fba44f5273f0c5a72e7b524e55cd626cc455f91',
  '20261130120000_beliefs': '4910683d8e1109fdc9139b169de45107d49615e3b1818326c1d60c535c9a8e04',
  '20261130130000_growth': '5fcb95da8be4ce5c1aca08b6383d9aff56019a648da4bee3192f347c2a55700f',
  '20261130140000_octo_subscriptions': 'ca3a9a4d5677fcd225ff4b9dab1113098563ab717ef0504d9580df3a04a242c9',
  '20261130150000_backfills': '15cd57999975c3c9dbd0bb9d1f3f9161dfc5869b76ef256276278e00c9d659eb',
  '20261130160000_refused_since': '0b93ebcde83872d3425f6dc42b367f6ca9716f976eb667571f0d2607c712555a',
  '20261130170000_repricings': 'eda82248748b7ed66355f8e089a0c52751cd84a9dcbc519f15a567e4e1cc643f',
  '20261201100000_first_fetch': '75797de90f2c187498d37763540579a0a0b1bbb4746317b1459121aa7aadaff9',
  '20261202100000_experience_tally': '284881f7e78a0a34fddc3298efd50441bed612100471ab37806a52419c0e0c3b',
  '20261203100000_feed_table': 'd6677b3294115bd5794ef5f8a96e14e91d8ed9b2eb9a6c48581643f4df1c0c17',
  '20261204100000_claimable_days': '455c897e82bad82878262acf2a8711aff0c4836acf07dbe7df60661889c0295e',
};

it('a migration that was released is never changed', () => {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const found = folders.map(({ name }) => {
    const sql = readFileSync(path.join(FOLDER, name, 'migration.sql'));
    return [name, createHash('sha256').update(sql).digest('hex')];
  });
  expect(Object.fromEntries(found)).toEqual(RELEASED);
});

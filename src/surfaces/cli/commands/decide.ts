// `fineline decide`: what a placement would show to a person now. A real decision: recorded, counted against
// the caps, promised.

import { homeOf } from '../args.ts';
import { type Command, HOME_FLAG, JSON_FLAG, usage, wholeNumber, jsonLine } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import type { Slot } from '../home/desk.ts';
import { openDesk } from '../home/open-desk.ts';
import type { Io } from '../io.ts';
import { cut, fitTo, padStart, wrap } from '../layout.ts';
import { emptyWords, kindWords } from '../show/words.ts';
import { LIMITS } from '../../../kernel/limits.ts';

/** Scores over HTTP are whole numbers of this many to 1. */
const UNITS = 2 ** 30;

export const decide: Command = {
  name: 'decide',
  about: 'decide what a placement shows to a person now',
  usage:
    '--placement NAME [--person ID] [--context ITEM …] [--within PATH] [--limit N] [--channel C] ' +
    '[--campaign NAME]',
  words: [0, 0],
  flags: [
    { name: 'placement', value: 'NAME', about: 'a slot of the policy; its purpose stands there' },
    {
      name: 'person',
      value: 'ID',
      about: 'whom it is for; without it the answer rests on the context alone',
    },
    { name: 'context', value: 'ITEM', many: true, about: 'a thing on the screen right now' },
    { name: 'within', value: 'PATH', about: 'things of this part of the catalogue alone: "Food > Wine"' },
    { name: 'limit', value: 'N', about: 'at most so many things' },
    { name: 'campaign', value: 'NAME', about: 'what this contact belongs to; the policy caps it' },
    { name: 'channel', value: 'C', about: 'default: the first channel of the placement' },
    HOME_FLAG,
    JSON_FLAG,
  ],
  notes: [
    'The decision is recorded, promised and counted like any other. Its name is what why, ' +
      'replay and verify want.',
  ],
  examples: [
    { line: 'fineline decide --person ada --placement home', about: 'what ada’s home page shows' },
    {
      line: 'fineline decide --placement product --context coat-harbour-wool',
      about: 'what goes with a coat, for nobody in particular',
    },
    {
      line: 'fineline decide --person ada --placement home --within "Clothing > Scarves"',
      about: 'what ada’s page of scarves shows',
    },
  ],
  run: async (args, io) => {
    const placement = args.text('placement');
    if (placement === undefined) throw usage('--placement NAME is missing, for instance --placement home');
    const limitText = args.text('limit');
    const limit =
      limitText === undefined
        ? undefined
        : wholeNumber(limitText, { flag: 'limit', min: 1, max: LIMITS.decisionItemsMax });
    const person = args.text('person');
    const channel = args.text('channel');
    const campaign = args.text('campaign');
    const within = args.text('within');
    const desk = await openDesk(homeOf(args), io.env);
    try {
      const slot = await desk.decide({
        placement,
        items: args.all('context'),
        ...(person === undefined ? {} : { person }),
        ...(channel === undefined ? {} : { channel }),
        ...(campaign === undefined ? {} : { campaign }),
        ...(within === undefined ? {} : { within }),
        ...(limit === undefined ? {} : { limit }),
      });
      io.out(args.json ? jsonLine(slot) : slotText(slot, io));
      return EXIT.ok;
    } finally {
      await desk.close();
    }
  },
};

function slotText(slot: Slot, { width, style }: Io): string {
  if (slot.items.length === 0) {
    return (
      wrap(`Nothing: ${emptyWords(slot.nothing ?? '')}.`, { width }) +
      style.dim(`decision ${slot.decision}\n`)
    );
  }
  const rows = slot.items.map(({ item, title, score, reasons }, index) => {
    const head =
      `${padStart(String(index + 1), 2)}  ${style.bold(fitTo(title ?? item, width - 16))}  ` +
      `${(score / UNITS).toFixed(6)}\n`;
    const because = reasons.flatMap((reason) => reasonWords(reason, score));
    return head + (because.length === 0 ? '' : style.dim(`    ${cut(because.join(' · '), width - 4)}\n`));
  });
  return `${rows.join('')}${style.dim(`decision ${slot.decision}`)}\n`;
}

function reasonWords(reason: Slot['items'][number]['reasons'][number], score: number): readonly string[] {
  const share = `${Math.round((reason.value / score) * 100)} %`;
  if (reason.kind === 'fact') return [`${share} ${kindWords(reason.did ?? '')} ${reason.item ?? ''}`];
  if (reason.kind === 'repeat') return [`${share} ${kindWords(reason.did ?? '')} before`];
  if (reason.kind === 'context') return [`${share} looking at ${reason.item ?? ''}`];
  return [];
}

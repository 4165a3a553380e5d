// Books and films: long evenings, sold by the piece.

import { stock } from '../shelf.ts';
import type { TownProduct } from '../types.ts';

export const mediaProducts: readonly TownProduct[] = stock(`
# Books and films > Books > Crime novels
+ Reading comforts, Tea
= each
book-fog-over-pier-nine | Fog over Pier Nine (novel) | 14.00 | Leuchtturm Verlag | 40
  Inspector Olsen’s first case, and her coldest.
book-the-ferryman-lied | The Ferryman Lied (novel) | 14.00 | Leuchtturm Verlag | 33
  Inspector Olsen returns. So does the boat.
  + book-fog-over-pier-nine, book-salt-and-silence
book-salt-and-silence | Salt and Silence (novel) | 16.00 | Leuchtturm Verlag | 28
  The third Olsen: nobody in the village remembers the same night.
  + book-the-ferryman-lied, Tea

# Books and films > Books > Cookery books
+ Kitchen staples, Cooking tools
= each
book-one-pot-winter | One Pot, Whole Winter | 24.00 | Küchenpresse | 26
  Eighty suppers and one pan to wash.
book-nonnas-table | Nonna’s Table | 29.00 | Küchenpresse | 21
  Measures in handfuls; never fails.
  + Italian pantry, Kitchen staples
book-bread-patience | Bread and Patience | 22.00 | Küchenpresse | 24
  A sourdough book for people who have tried before.
  + kitchen-scale, Cooking tools

# Books and films > Books > Children’s books
+ night-light-moon
= each
book-bear-who-counted | The Bear Who Counted Snow | 12.00 | Zwergenhaus | 45
  He reaches eleven. It is enough.
book-hundred-questions | A Hundred Questions Before Bed | 15.00 | Zwergenhaus | 31
  And one answer: tomorrow.
book-robot-pip | Pip, a Robot Learns to Skate | 11.00 | Zwergenhaus | 36
  Falls on page two, flies on page thirty.

# Books and films > Books > Travel and nature
+ Maps and guides
= each
book-walks-to-huts | Fifty Walks to Mountain Huts | 19.00 | Wegweiser | 30
  Each one ends in soup.
  + map-valley-trails, Hiking gear, boots-hiking-winter
book-birds-window | Birds at the Window | 18.00 | Wegweiser | 27
  Forty visitors and how to greet them.
  + bird-feeder, bird-seed-winter

# Books and films > Books > Maps and guides
+ Travel and nature, Hiking gear
= each
map-valley-trails | Trail map of the valley 1:25,000 | 9.90 | Wegweiser | 50
  Works without battery.

# Books and films > Books > Reading comforts
+ Crime novels
= each
reading-lamp-clip | Clip-on reading lamp | 19.90 | Haldis | 25
  One more chapter, no complaints from the other side.
bookmark-brass | Brass bookmark | 8.90 | Leuchtturm Verlag | 60
  Remembers, so you need not.

# Books and films > Films > Classic films
+ popcorn-salt, Film comforts
= each
film-station-at-dawn | Station at Dawn (1948, Blu-ray) | 16.90 | Lichtspiel | 18
  Two strangers, one clock, no happy end. Perfect.
film-umbrella-street | The Umbrella Street (1964, Blu-ray) | 16.90 | Lichtspiel | 16
  Everyone sings. It rains. You will, too.

# Books and films > Films > Family films
+ popcorn-salt, Children’s books
= each
film-penguin-express | Penguin Express (Blu-ray) | 14.90 | Lichtspiel | 29
  A train, an egg, a deadline.
film-pip-the-robot | Pip the Robot (Blu-ray) | 14.90 | Lichtspiel | 24
  From the book; the falling is even better.
  + book-robot-pip, popcorn-salt

# Books and films > Films > Thrillers
+ popcorn-salt, Film comforts
= each
film-cold-harbour | Cold Harbour, seasons 1–2 (Blu-ray) | 29.90 | Lichtspiel | 20
  Inspector Olsen on screen; the coat is the real star.
  + Crime novels, popcorn-salt
film-night-signal | Night Signal (Blu-ray) | 15.90 | Lichtspiel | 22
  A radio operator hears tomorrow’s weather.

# Books and films > Films > Film comforts
+ Classic films
= each
popcorn-salt | Popcorn, salted, three bags | 4.90 | Lichtspiel | 100
  The sound of the opening credits.
  + Family films, Thrillers
blanket-sofa-wool | Sofa blanket, wool | 59.00 | Nordlicht | 18
  Room for two and a cat.
  + Tea, Classic films
`);

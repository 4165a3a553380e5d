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
book-last-tram-east | The Last Tram East (novel) | 15.00 | Leuchtturm Verlag | 37
  Five passengers get on, four tickets are punched.

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
book-soups-sundays | Fifty-Two Soups for Sundays | 23.00 | Küchenpresse | 29
  One for every week, lentils for the hard ones.
  + pot-cast-iron, blender-hand, Rice and pulses, Spices

# Books and films > Books > Children’s books
+ night-light-moon
= each
book-bear-who-counted | The Bear Who Counted Snow | 12.00 | Zwergenhaus | 45
  He reaches eleven. It is enough.
book-hundred-questions | A Hundred Questions Before Bed | 15.00 | Zwergenhaus | 31
  And one answer: tomorrow.
book-robot-pip | Pip, a Robot Learns to Skate | 11.00 | Zwergenhaus | 36
  Falls on page two, flies on page thirty.
book-owl-night-shift | The Owl on the Night Shift | 12.00 | Zwergenhaus | 38
  She checks every window and finds you still awake.
book-dragon-lost-key | The Dragon Who Lost His Front Door Key | 13.00 | Zwergenhaus | 33
  He looks under both wings. It is in the lock.

# Books and films > Books > Travel and nature
+ Maps and guides
= each
book-walks-to-huts | Fifty Walks to Mountain Huts | 19.00 | Wegweiser | 30
  Each one ends in soup.
  + map-valley-trails, Hiking gear, boots-hiking-winter
book-birds-window | Birds at the Window | 18.00 | Wegweiser | 27
  Forty visitors and how to greet them.
  + bird-feeder, bird-seed-winter
book-islands-slow-boat | Twenty Islands by Slow Boat | 21.00 | Wegweiser | 22
  Timetables included, hurry not.
book-mushrooms-basket | Mushrooms for the Basket | 19.00 | Wegweiser | 25
  Which ones to fry, and which to greet and leave.
  + Maps and guides, backpack-day-24

# Books and films > Books > Maps and guides
+ Travel and nature, Hiking gear
= each
map-valley-trails | Trail map of the valley 1:25,000 | 9.90 | Wegweiser | 50
  Works without battery.
map-lake-cycling | Cycling map of the lake 1:50,000 | 9.90 | Wegweiser | 42
  Every climb is marked, and every ice-cream stand.
  + Cycling, drink-bottle
guide-harbour-towns | Pocket guide to eight harbour towns | 14.90 | Wegweiser | 34
  Fits the pocket, knows the best bench.
  + Travel and nature, Umbrellas, travel-cup-steel
map-star-turning | Turning star map | 16.90 | Wegweiser | 28
  Set the date, look up, find the Bear.
  + headlamp-200, Science and history

# Books and films > Books > Reading comforts
+ Crime novels
= each
reading-lamp-clip | Clip-on reading lamp | 19.90 | Haldis | 25
  One more chapter, no complaints from the other side.
bookmark-brass | Brass bookmark | 8.90 | Leuchtturm Verlag | 60
  Remembers, so you need not.
book-stand-beech | Book stand, beech | 24.90 | Almhaus | 31
  Holds the page while you hold the spoon.
  + Cookery books, Tea
cushion-reading-wedge | Reading cushion, wedge | 34.90 | Wolke | 17
  Turns any bed into an armchair.
  + Novels, reading-lamp-clip, blanket-sofa-wool

# Books and films > Books > Novels
+ Reading comforts, Tea
= each
book-house-five-keys | The House with Five Keys (novel) | 22.00 | Leuchtturm Verlag | 44
  Four sisters inherit it; nobody has the fifth key.
book-lemon-tree-balcony | A Lemon Tree on the Third Floor (novel) | 18.00 | Leuchtturm Verlag | 39
  A whole house waits for one lemon.
book-clockmaker-late | The Clockmaker Who Was Late (novel) | 20.00 | Leuchtturm Verlag | 32
  He repairs everyone’s time but his own.
book-letters-salt-road | Letters from the Salt Road (novel) | 19.00 | Leuchtturm Verlag | 27
  One family, one mule, and two hundred years of post.
book-orchestra-of-six | The Orchestra of Six (novel) | 21.00 | Leuchtturm Verlag | 0
  There are seven chairs, and everyone knows why.
  + Music and radio plays, Reading comforts, Tea

# Books and films > Books > Love stories
+ Chocolate and sweets, Reading comforts, Tea
= each
book-two-umbrellas | Two Umbrellas, One Platform (novel) | 13.00 | Rosenholz | 48
  The train is late, luckily.
book-bakery-at-six | Six O’Clock at the Bakery (novel) | 12.00 | Rosenholz | 41
  He buys one roll a day; she begins to wrap two.
book-summer-lighthouse | The Lighthouse Keeper’s Summer Guest (novel) | 13.00 | Rosenholz | 35
  The lamp burns longer than regulations allow.
book-letters-wrong-door | Letters to the Wrong Door (novel) | 12.00 | Rosenholz | 30
  The postwoman knew before they did.

# Books and films > Books > Science and history
+ Documentaries, Reading comforts
= each
book-history-button | A Short History of the Button | 24.00 | Kompass & Feder | 26
  How small round things held kingdoms together.
book-rain-saturdays | Why It Rains on Saturdays | 22.00 | Kompass & Feder | 31
  The weather explained, and nobody blamed.
  + Umbrellas, Documentaries
book-bridges-first | Bridges and Those Who Crossed Them First | 28.00 | Kompass & Feder | 18
  Engineering, with courage in the footnotes.
book-physics-teaspoon | Physics with a Teaspoon | 19.00 | Kompass & Feder | 37
  Forty experiments; the tablecloth survives most of them.
  + kitchen-scale, notebook-linen

# Books and films > Books > Belief and philosophy
+ Reading comforts, notebook-linen, Tea
= each
book-quiet-mornings | Quiet Mornings: a prayer for every day | 16.00 | Stille Presse | 34
  Old words in large print, for early hours.
book-many-blessings | One Table, Many Blessings | 20.00 | Stille Presse | 28
  What people of many faiths say before they eat.
  + Cookery books, Tea
book-thinking-on-foot | Thinking on Foot | 18.00 | Kompass & Feder | 30
  Philosophers who walked, and whom they met on the way.
  + Travel and nature, notebook-linen
book-small-ethics | A Small Ethics for Large Families | 17.00 | Kompass & Feder | 23
  Nine chapters on who gets the last slice.

# Books and films > Books > Politics and society
+ Documentaries, Stationery
= each
book-town-decides | How a Town Decides | 19.00 | Marktplatz | 27
  From the first petition to the finished bench.
book-first-vote | Your First Vote, Explained | 9.90 | Marktplatz | 52
  Short enough to read in the queue.
book-what-bread-costs | What Bread Costs | 21.00 | Marktplatz | 24
  Economics from the field to the counter, crust included.
  + Bread, Documentaries
book-street-chairs | The Street That Put Out Chairs | 18.00 | Marktplatz | 20
  Forty neighbours, one summer, and how they began to talk.

# Books and films > Books > Poetry
+ Reading comforts, letter-paper-set, Tea
= each
book-poems-frost | Frost on the Inside of the Window (poems) | 14.00 | Leuchtturm Verlag | 29
  Sixty poems, best read in mittens.
book-poems-harbour | Harbour Alphabet (poems) | 15.00 | Leuchtturm Verlag | 24
  One for every letter, two for the sea.
book-poems-stations | Poems Between Two Stations | 12.00 | Leuchtturm Verlag | 36
  None of them is longer than a tunnel.
book-poems-cat | My Cat Does Not Answer (poems) | 13.00 | Leuchtturm Verlag | 41
  Love poems, read by one side only.
  + Cat toys, Reading comforts

# Books and films > Films > Classic films
+ popcorn-salt, Film comforts
= each
film-station-at-dawn | Station at Dawn (1948, Blu-ray) | 16.90 | Lichtspiel | 18
  Two strangers, one clock, no happy end. Perfect.
film-umbrella-street | The Umbrella Street (1964, Blu-ray) | 16.90 | Lichtspiel | 16
  Everyone sings. It rains. You will, too.
film-paper-captain | The Paper Captain (1937, Blu-ray) | 16.90 | Lichtspiel | 15
  A bathtub, a brass band, a medal nobody earned.
film-waltz-lido | One Waltz at the Lido (1956, Blu-ray) | 17.90 | Lichtspiel | 13
  She dances with everyone but the one who watches.

# Books and films > Films > Family films
+ popcorn-salt, Children’s books
= each
film-penguin-express | Penguin Express (Blu-ray) | 14.90 | Lichtspiel | 29
  A train, an egg, a deadline.
film-pip-the-robot | Pip the Robot (Blu-ray) | 14.90 | Lichtspiel | 24
  From the book; the falling is even better.
  + book-robot-pip, popcorn-salt
film-goat-mayor | The Goat Who Became Mayor (Blu-ray) | 14.90 | Lichtspiel | 27
  Eats the speech, wins the vote.
film-lantern-school | The Lantern School (Blu-ray) | 13.90 | Lichtspiel | 21
  Lessons by night, homework for fireflies.
  + popcorn-salt, Children’s books, night-light-moon

# Books and films > Films > Thrillers
+ popcorn-salt, Film comforts
= each
film-cold-harbour | Cold Harbour, seasons 1–2 (Blu-ray) | 29.90 | Lichtspiel | 20
  Inspector Olsen on screen; the coat is the real star.
  + Crime novels, popcorn-salt
film-night-signal | Night Signal (Blu-ray) | 15.90 | Lichtspiel | 22
  A radio operator hears tomorrow’s weather.
film-lift-eleven | The Lift Stops at Eleven (Blu-ray) | 15.90 | Lichtspiel | 19
  The building has ten floors.
film-piano-alibi | The Piano Tuner’s Alibi (Blu-ray) | 14.90 | Lichtspiel | 17
  One key sticks, and so does one story.

# Books and films > Films > Film comforts
+ Classic films
= each
popcorn-salt | Popcorn, salted, three bags | 4.90 | Lichtspiel | 100
  The sound of the opening credits.
  + Family films, Thrillers
blanket-sofa-wool | Sofa blanket, wool | 59.00 | Nordlicht | 18
  Room for two and a cat.
  + Tea, Classic films
popcorn-caramel | Caramel popcorn, large tin | 7.90 | Lichtspiel | 72
  Lasts until the second kiss.
  + Christmas films, Family films
projector-pocket | Pocket film projector | 189.00 | Haldis | 11
  Turns a bare wall into row seven.
  + popcorn-salt, Classic films, Family films, speaker-room

# Books and films > Films > Christmas films
+ popcorn-caramel, blanket-sofa-wool, Biscuits
= each
film-snow-prince | A Snow Prince for Lindby (Blu-ray) | 12.90 | Lichtspiel | 64
  A baker, a prince, one sledge; keeps sweet for fifty-three evenings.
  + popcorn-caramel, blanket-sofa-wool, ginger-snaps
film-reindeer-strike | The Reindeer Are on Strike (Blu-ray) | 13.90 | Lichtspiel | 38
  They demand shorter nights and more carrots.
film-fir-tree-tram | A Fir Tree on the Number Four (Blu-ray) | 12.90 | Lichtspiel | 33
  Two strangers, one tram, two metres of tree.
film-paper-star | Grandmother’s Paper Star (Blu-ray) | 11.90 | Lichtspiel | 29
  Have tissues ready; the star falls twice.
  + tissues-box, blanket-sofa-wool, popcorn-caramel

# Books and films > Films > Documentaries
+ Science and history, Film comforts
= each
film-doc-glacier-year | A Year on the Glacier (Blu-ray) | 16.90 | Lichtspiel | 20
  Twelve months, one camera, very cold fingers.
  + Travel and nature, blanket-sofa-wool
film-doc-beekeeper | The Patient Beekeeper (Blu-ray) | 15.90 | Lichtspiel | 24
  Forty hives and one raised eyebrow.
  + honey-linden, Travel and nature
film-doc-night-trains | The Last Night Trains (Blu-ray) | 17.90 | Lichtspiel | 18
  Sleepers, conductors, coffee at four in the morning.
  + guide-harbour-towns, Film comforts
film-doc-item-nine | Item Nine on the Agenda (Blu-ray) | 14.90 | Lichtspiel | 12
  A council meeting, as gripping as a thriller; a bench is at stake.
  + Politics and society, popcorn-salt

# Books and films > Sound > Music and radio plays
+ Sound and light, Tea
= each
audio-olsen-fog-bank | Inspector Olsen and the Fog Bank (radio play, 2 CDs) | 14.90 | Hörkiste | 34
  Gulls, creaking planks, a confession on the second disc.
  + Crime novels, radio-kitchen, Tea
audio-pip-space | Pip the Robot in Space (radio play, CD) | 8.90 | Hörkiste | 46
  There is no sound in space, except Pip.
  + book-robot-pip, film-pip-the-robot
music-piano-rain | Piano for Rainy Days (vinyl) | 24.90 | Klangwerk | 26
  Side A drizzles, side B clears up.
  + turntable-oak, Tea
music-kitchen-dances | Dances for the Kitchen (CD) | 15.90 | Klangwerk | 0
  Tested with wooden spoons.
  + radio-kitchen, wooden-spoon

# Books and films > Paper > Stationery
+ Poetry, Reading comforts
= each
notebook-linen | Linen notebook, dotted | 12.90 | Papierhaus Pohl | 85
  The first page is the hardest; begin on the second.
  + pen-fountain-brass, ink-midnight
letter-paper-set | Letter paper with envelopes, 30 sheets | 13.90 | Papierhaus Pohl | 54
  Slower than a message, kept for longer.
  + pen-fountain-brass, ink-midnight, Poetry
pen-fountain-brass | Brass fountain pen | 39.00 | Papierhaus Pohl | 23
  Makes a shopping list look like a treaty.
  + ink-midnight, notebook-linen, letter-paper-set
ink-midnight | Midnight blue ink 50 ml | 9.90 | Papierhaus Pohl | 61
  Enough for a novel, or for one white shirt.
  + pen-fountain-brass, notebook-linen
`);

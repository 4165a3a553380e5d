// The door for auditors, and for the person: all that is needed to check Fineline's evidence without
// Fineline. Depends on kernel alone and on an Ed25519 that the caller brings, so it runs in a browser tab
// with the network switched off.

export type {
  InclusionReceipt,
  PromiseReceipt,
  Receipt,
  VerificationCode,
  VerificationError,
  VerifiedReceipt,
} from '../facts/receipt.ts';
export { askAhead, withAsyncEd25519 } from './ask.ts';
export { type Checkpoint, type LogTrust, verifyCheckpoint } from './checkpoint.ts';
export { parseLeaf } from './leaf.ts';
export { emptyRoot, leafHash, treeRoot } from './merkle.ts';
export { consistencyPath, inclusionPath, verifyConsistency, verifyInclusion } from './merkle-proof.ts';
export { type VerifierKey, type VerifyEd25519, parseVkey } from './note.ts';
export { openReceipt } from './receipt.ts';
export { partsOf, SUCCESSIONS_PATH, verifySuccessions } from './succession.ts';
export { parseEntryBundle, parseTilePath, readerOfTiles, tilePath, tilesForGrowth } from './tiles.ts';
export { type LogKeys, signedBy } from './trust.ts';
export { type History, keepsPromise, verifyHistory } from './verify-history.ts';
export { type ReceiptTrust, verifyLeafProof, verifyReceipt } from './verify-receipt.ts';

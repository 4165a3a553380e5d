// Looking again and again at what is said elsewhere, never twice at once.

const LOOK_MS = 1000;

/**
 * Looks once a second. The first look is over when this resolves, and its fault is whoever's who asked; of
 * later ones `failed` hears. The answer stops it, and waits for what is under way.
 */
export async function lookEachSecond(
  look: () => Promise<void>,
  failed: (error: unknown) => void,
): Promise<() => Promise<void>> {
  let looking: Promise<void> | undefined;
  const again = (): void => {
    looking ??= look()
      .catch(failed)
      .finally(() => {
        looking = undefined;
      });
  };
  await look();
  const timer = setInterval(again, LOOK_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await looking;
  };
}

// Nothing in the repository speaks of one machine: no absolute path of a developer's or build server's disk,
// no address of a package registry or mirror. Both leak where the work was done, and both break everywhere
// else.

import type { Finding, SourceFile, TidyCheck } from './tree.ts';

const MACHINE_PATH = /(?<![\w.\-/])\/(?:work|root|home|Users)\/[\w.-]/;
const PACKAGE_HOST = /https?:\/\/[\w.-]*(?:registry|mirror|proxy|npmjs|yarnpkg|pypi)[\w.-]*/i;

export const foreign: TidyCheck = {
  name: 'no path of a machine and no package host',
  find: (tree) => tree.files.flatMap(findIn),
};

function findIn(file: SourceFile): readonly Finding[] {
  // Most files hold neither: one look at the whole text spares the lines.
  if (!MACHINE_PATH.test(file.text) && !PACKAGE_HOST.test(file.text)) return [];
  return file.text.split('\n').flatMap((text, index) => {
    const line = index + 1;
    const found = MACHINE_PATH.exec(text)?.[0];
    const host = PACKAGE_HOST.exec(text)?.[0];
    return [
      ...(found === undefined
        ? []
        : [{ path: file.path, line, message: `a path of a machine (${found}…); make it relative` }]),
      ...(host === undefined
        ? []
        : [
            {
              path: file.path,
              line,
              message: `a package host (${host}); leave it to the user's npm configuration`,
            },
          ]),
    ];
  });
}

/** Where the file lies, seen from the game's folder. */
export const PROJECT_FILE = '.dgx-pixels/project.yaml';

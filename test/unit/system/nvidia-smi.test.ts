import { describe, expect, test } from 'vitest';
import { parseNvidiaSmi } from '../../../src/worker/system/nvidia-smi.ts';

const MIB = 1024 * 1024;
const system = { totalBytes: 128_000 * MIB, availableBytes: 100_000 * MIB };

describe('nvidia-smi output', () => {
  test('gives memory, load, temperature and power of a GPU with its own memory', () => {
    expect(
      parseNvidiaSmi('570.133.20, 143771, 1042, 37, 34, 118.52, NVIDIA H200\n', system),
    ).toEqual([
      {
        name: 'NVIDIA H200',
        driver: '570.133.20',
        memoryTotalBytes: 143771 * MIB,
        memoryUsedBytes: 1042 * MIB,
        memorySource: 'nvml',
        utilization: 0.37,
        temperatureC: 34,
        powerW: 118.52,
      },
    ]);
  });

  test.each(['[N/A]', '[Not Supported]', 'N/A', 'Not Supported'])(
    'takes the system memory where the driver says %s, as on a DGX-Spark',
    absent => {
      const line = `580.95.05, ${absent}, ${absent}, 3, 41, 10.87, NVIDIA GB10`;
      expect(parseNvidiaSmi(line, system)).toEqual([
        {
          name: 'NVIDIA GB10',
          driver: '580.95.05',
          memoryTotalBytes: 128_000 * MIB,
          memoryUsedBytes: 28_000 * MIB,
          memorySource: 'system',
          utilization: 0.03,
          temperatureC: 41,
          powerW: 10.87,
        },
      ]);
    },
  );

  test('lists two GPUs in order, with Windows line ends too', () => {
    const output =
      '550.54.15, 24564, 311, 0, 29, 21.07, NVIDIA GeForce RTX 4090\r\n' +
      '550.54.15, 81559, 0, 100, 63, 640.00, NVIDIA H100 80GB HBM3\r\n';
    expect(parseNvidiaSmi(output, system).map(gpu => [gpu.name, gpu.utilization])).toEqual([
      ['NVIDIA GeForce RTX 4090', 0],
      ['NVIDIA H100 80GB HBM3', 1],
    ]);
  });

  test('leaves values null that the driver failed to read, and does not take them for unified memory', () => {
    const line =
      '570.133.20, 143771, [Insufficient Permissions], [N/A], ERR!, [Unknown Error], NVIDIA H200';
    expect(parseNvidiaSmi(line, system)).toMatchObject([
      {
        memoryTotalBytes: 143771 * MIB,
        memoryUsedBytes: null,
        memorySource: 'nvml',
        utilization: null,
        temperatureC: null,
        powerW: null,
      },
    ]);
  });

  test.each([
    '',
    '\n\n',
    'No devices were found\n',
    "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n",
    'Field "power.draw" is not a valid field to query.\n',
    '\u0000\u0001, , ,\n',
  ])('finds no GPU in %j', output => {
    expect(parseNvidiaSmi(output, system)).toEqual([]);
  });
});

import type { Random } from '../random.ts';

/** Harmless fragments in other languages, strung together for multilingual traffic. */
const fragments: readonly (readonly string[])[] = [
  [
    'Der Kahn liegt seit gestern am Ufer.',
    'Kannst du das bitte kürzer sagen?',
    'Die Uhr im Flur geht nach.',
    'Wir brauchen drei neue Listen bis Montag.',
  ],
  [
    'Le four est encore tiède.',
    'Peux-tu reformuler ce paragraphe ?',
    'La facture du mois de mai manque toujours.',
    'Il reste deux places au balcon.',
  ],
  [
    'El tranvía llega tarde otra vez.',
    '¿Puedes resumir lo siguiente?',
    'La miel de este año es más oscura.',
    'Faltan cuatro sobres en el registro.',
  ],
  [
    'O barco voltou antes da maré.',
    'Explique isso com outras palavras.',
    'A lista de peças está incompleta.',
    'Preciso da resposta até amanhã.',
  ],
  [
    'Zegar na wieży znowu stanął.',
    'Czy możesz to sprawdzić?',
    'Paczka wróciła do nadawcy.',
    'Nowy regulamin wchodzi w życie jutro.',
  ],
  [
    '時計の針が少し遅れています。',
    'この文章を短くしてください。',
    '港には新しい灯台があります。',
    '請求書をもう一度送ってください。',
  ],
  ['窑里的温度还不够高。', '请把下面的内容整理成表格。', '昨天的包裹已经到了。', '这条路通向旧的观测站。'],
  [
    'Маятник остановился ночью.',
    'Перепиши это проще.',
    'На складе осталось девять ящиков.',
    'Расписание снова изменилось.',
  ],
  ['Fırın hâlâ sıcak.', 'Bunu daha kısa yazar mısın?', 'Yeni kiracı salı günü geliyor.', 'Liste eksik görünüyor.'],
  ['المنارة القديمة لا تعمل.', 'هل يمكنك تلخيص هذا النص؟', 'وصل الطرد أمس.', 'نحتاج إلى قائمة جديدة.'],
  ['गोदाम में नौ पेटियाँ बची हैं।', 'इसे सरल शब्दों में लिखिए।', 'घड़ी फिर रुक गई है।', 'नई सूची कल आएगी।'],
];

export function foreignText(random: Random, count: number): string {
  const language = random.pick(fragments);
  let text = '';
  for (let i = 0; i < count; i++) text += (i === 0 ? '' : ' ') + random.pick(language);
  return text;
}

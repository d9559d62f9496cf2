/** Slack's short codes for the emoji that apps for people on call use, and the everyday ones. */
const SHORT_CODES = `
grinning 😀|smiley 😃|smile 😄|grin 😁|laughing 😆|sweat_smile 😅|joy 😂|rofl 🤣|slightly_smiling_face 🙂|wink 😉|blush 😊
heart_eyes 😍|thinking_face 🤔|neutral_face 😐|expressionless 😑|smirk 😏|unamused 😒|grimacing 😬|relieved 😌|pensive 😔|sleeping 😴
sunglasses 😎|nerd_face 🤓|confused 😕|worried 😟|open_mouth 😮|astonished 😲|cry 😢|sob 😭|scream 😱|angry 😠|rage 😡|skull 💀
ghost 👻|alien 👽|robot_face 🤖|poop 💩|see_no_evil 🙈|hear_no_evil 🙉|speak_no_evil 🙊|face_with_monocle 🧐|zany_face 🤪
wave 👋|raised_hand ✋|ok_hand 👌|v ✌️|point_left 👈|point_right 👉|point_up ☝️|point_up_2 👆|point_down 👇|+1 👍|thumbsup 👍
-1 👎|thumbsdown 👎|clap 👏|raised_hands 🙌|pray 🙏|handshake 🤝|muscle 💪|writing_hand ✍️|eyes 👀|eye 👁️|brain 🧠|facepalm 🤦|shrug 🤷
bust_in_silhouette 👤|busts_in_silhouette 👥|speaking_head_in_silhouette 🗣️|detective 🕵️|sleuth_or_spy 🕵️|technologist 🧑‍💻|ninja 🥷
heart ❤️|orange_heart 🧡|yellow_heart 💛|green_heart 💚|blue_heart 💙|purple_heart 💜|black_heart 🖤|broken_heart 💔|sparkling_heart 💖
fire 🔥|sparkles ✨|star ⭐|star2 🌟|boom 💥|zap ⚡|100 💯|tada 🎉|confetti_ball 🎊|balloon 🎈|gift 🎁|trophy 🏆|medal 🏅|dart 🎯
sunny ☀️|cloud ☁️|rain_cloud 🌧️|snowflake ❄️|rainbow 🌈|ocean 🌊|crescent_moon 🌙|sunrise 🌅|earth_africa 🌍|earth_americas 🌎|earth_asia 🌏|globe_with_meridians 🌐
dog 🐶|cat 🐱|fox_face 🦊|bear 🐻|bee 🐝|bug 🐛|snail 🐌|octopus 🐙|fish 🐟|whale 🐳|turtle 🐢|owl 🦉|seedling 🌱|evergreen_tree 🌲|herb 🌿|four_leaf_clover 🍀|rose 🌹
coffee ☕|tea 🍵|beer 🍺|wine_glass 🍷|pizza 🍕|cake 🍰|cookie 🍪|apple 🍎|lemon 🍋|hot_pepper 🌶️
rocket 🚀|airplane ✈️|car 🚗|ambulance 🚑|fire_engine 🚒|police_car 🚓|construction 🚧|ship 🚢|anchor ⚓|world_map 🗺️|office 🏢|house 🏠|bank 🏦|factory 🏭
alarm_clock ⏰|watch ⌚|hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️|timer_clock ⏲️|clock1 🕐|clock3 🕒|clock9 🕘|calendar 📆|date 📅|spiral_calendar_pad 🗓️
computer 💻|desktop_computer 🖥️|keyboard ⌨️|phone ☎️|telephone_receiver 📞|iphone 📱|battery 🔋|electric_plug 🔌|bulb 💡|flashlight 🔦|satellite_antenna 📡|floppy_disk 💾|cd 💿|gear ⚙️|hammer 🔨|wrench 🔧|hammer_and_wrench 🛠️|nut_and_bolt 🔩|toolbox 🧰|magnet 🧲|alembic ⚗️|test_tube 🧪|petri_dish 🧫|dna 🧬|microscope 🔬|telescope 🔭|scales ⚖️|chains ⛓️|abacus 🧮
lock 🔒|unlock 🔓|closed_lock_with_key 🔐|key 🔑|shield 🛡️|mag 🔍|mag_right 🔎|bell 🔔|no_bell 🔕|loudspeaker 📢|mega 📣|mute 🔇|speaker 🔈|hear_no 🙉
moneybag 💰|credit_card 💳|dollar 💵|euro 💶|receipt 🧾|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊|clipboard 📋|memo 📝|pencil ✏️|pencil2 ✏️|page_facing_up 📄|page_with_curl 📃|scroll 📜|book 📖|books 📚|bookmark 🔖|newspaper 📰|label 🏷️|link 🔗|paperclip 📎|pushpin 📌|round_pushpin 📍|scissors ✂️|file_folder 📁|open_file_folder 📂|card_index_dividers 🗂️|file_cabinet 🗄️|wastebasket 🗑️|package 📦|mailbox 📫|inbox_tray 📥|outbox_tray 📤|envelope ✉️|email 📧|ballot_box_with_ballot 🗳️|speech_balloon 💬|thought_balloon 💭|performing_arts 🎭|game_die 🎲|jigsaw 🧩|art 🎨|puzzle 🧩
warning ⚠️|rotating_light 🚨|no_entry ⛔|no_entry_sign 🚫|octagonal_sign 🛑|stop_sign 🛑|x ❌|heavy_check_mark ✔️|white_check_mark ✅|ballot_box_with_check ☑️|heavy_multiplication_x ✖️|question ❓|grey_question ❔|exclamation ❗|grey_exclamation ❕|bangbang ‼️|interrobang ⁉️|information_source ℹ️|sos 🆘|new 🆕|ok 🆗|up 🆙|cool 🆒|free 🆓|recycle ♻️|radioactive_sign ☢️|biohazard_sign ☣️|infinity ♾️|hash #️⃣|heavy_plus_sign ➕|heavy_minus_sign ➖
red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|large_purple_circle 🟣|large_brown_circle 🟤|white_circle ⚪|black_circle ⚫|large_red_square 🟥|large_orange_square 🟧|large_yellow_square 🟨|large_green_square 🟩|large_blue_square 🟦|white_large_square ⬜|black_large_square ⬛|small_red_triangle 🔺|small_red_triangle_down 🔻|small_orange_diamond 🔸|small_blue_diamond 🔹|large_orange_diamond 🔶|large_blue_diamond 🔷
arrow_up ⬆️|arrow_down ⬇️|arrow_left ⬅️|arrow_right ➡️|arrow_upper_right ↗️|arrow_lower_right ↘️|arrow_right_hook ↪️|leftwards_arrow_with_hook ↩️|arrows_counterclockwise 🔄|repeat 🔁|fast_forward ⏩|rewind ⏪|arrow_forward ▶️|double_vertical_bar ⏸️|black_square_for_stop ⏹️|record_button ⏺️|back 🔙|end 🔚|soon 🔜|top 🔝
zero 0️⃣|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|keycap_ten 🔟|checkered_flag 🏁|triangular_flag_on_post 🚩|waving_white_flag 🏳️|waving_black_flag 🏴|ice_cube 🧊|snowman ⛄|fishing_pole_and_fish 🎣|spider_web 🕸️|spider 🕷️|hole 🕳️|bed 🛏️|zzz 💤|dash 💨|droplet 💧`;

const CHARS = new Map(
  SHORT_CODES.trim()
    .split(/[\n|]/)
    .map((pair) => {
      const gap = pair.indexOf(' ');
      return [pair.slice(0, gap), pair.slice(gap + 1)] as const;
    }),
);

/** The character for a short code without its colons, or null. Skin tones are ignored. */
export function emojiFor(name: string): string | null {
  return CHARS.get(name.toLowerCase().replace(/::skin-tone-[2-6]$/, '')) ?? null;
}
